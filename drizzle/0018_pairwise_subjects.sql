CREATE TABLE "pairwise_subjects" (
	"user_id" text NOT NULL,
	"sector" text NOT NULL,
	"subject" text NOT NULL,
	CONSTRAINT "pairwise_subjects_user_id_sector_pk" PRIMARY KEY("user_id","sector"),
	CONSTRAINT "pairwise_subjects_subject_unique" UNIQUE("subject"),
	CONSTRAINT "pairwise_subjects_form" CHECK ("pairwise_subjects"."subject" ~ '^usr_[0-9A-Za-z]{16,}$')
);
--> statement-breakpoint
ALTER TABLE "pairwise_subjects" ADD CONSTRAINT "pairwise_subjects_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;