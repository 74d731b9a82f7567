-- After "It will be able to" each title is a verb, also in Italian and Polish; what an operator has changed stays.
UPDATE "scopes" SET "texts" = jsonb_set("texts", '{it,title}', '"Farti accedere"')
  WHERE "name" = 'openid' AND "texts" #>> '{it,title}' = 'Accesso';--> statement-breakpoint
UPDATE "scopes" SET "texts" = jsonb_set("texts", '{pl,title}', '"Zalogować Cię"')
  WHERE "name" = 'openid' AND "texts" #>> '{pl,title}' = 'Logowanie';--> statement-breakpoint
UPDATE "scopes" SET "texts" = jsonb_set("texts", '{pl,title}', '"Działać pod Twoją nieobecność"')
  WHERE "name" = 'offline_access' AND "texts" #>> '{pl,title}' = 'Dostęp pod Twoją nieobecność';
