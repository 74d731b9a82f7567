CREATE TABLE "token_reveals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"sealed" text NOT NULL,
	"sealing_key_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "token_reveals_token_id_unique" UNIQUE("token_id")
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "submission_id" uuid;--> statement-breakpoint
ALTER TABLE "token_reveals" ADD CONSTRAINT "token_reveals_token_id_api_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."api_tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_reveals" ADD CONSTRAINT "token_reveals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_submission_id_unique" UNIQUE("submission_id");