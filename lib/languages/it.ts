import type { Texts } from './en.ts';

export const it: Texts = {
  ownName: 'Italiano',
  locale: 'it-IT',
  languages: 'Lingua',
  skip: 'Vai al contenuto',
  app: {
    title: (name) => `${name}: chi chiede l’accesso`,
    by: 'Pubblicata da',
    about: 'Informazioni sull’app',
    noDescription: 'Chi la pubblica non l’ha descritta.',
    scopes: 'Che cosa può chiedere di fare',
    scopesLead: 'Ti viene sempre chiesto prima, e puoi rifiutare.',
    noScopes: 'Non chiede nulla del tuo account.',
    links: 'Da chi la pubblica',
    linksLead: 'Queste pagine sono di chi pubblica l’app, non di questa piattaforma.',
    website: 'Sito web',
    privacy: 'Informativa sulla privacy',
    terms: 'Condizioni d’uso',
    noLinks: 'Non indica né sito web, né informativa sulla privacy, né condizioni d’uso.',
    registered: 'Registrata il',
    claims: 'Il nome, la descrizione e i link sono quelli scritti da chi la pubblica.',
  },
  standing: {
    verified: {
      title: 'Verificata',
      text: 'Il gestore di questa piattaforma ha controllato chi pubblica questa app.',
    },
    unverified: {
      title: 'Non verificata',
      text: 'Chi la pubblica non è stato verificato. Continua solo se sai da dove viene questa app e ti aspettavi la sua richiesta.',
    },
    self_registered: {
      title: 'Registrata da sé',
      text: 'Questa app si è registrata da sola: nessuno l’ha controllata e qui nessuna organizzazione ne risponde. Continua solo se sai da dove viene e ti aspettavi la sua richiesta.',
    },
    suspended: {
      title: 'Sospesa',
      text: 'Il gestore di questa piattaforma ha sospeso questa app. Non ottiene alcun accesso: non fornirle alcuna informazione.',
    },
    disabled: {
      title: 'Disattivata',
      text: 'Chi la pubblica l’ha disattivata. Al momento nessuno può usarla.',
    },
  },
  noSuchApp: {
    title: 'Qui non è registrata nessuna app',
    text: 'L’indirizzo può essere sbagliato, o l’app può essere stata eliminata. Se è stata un’app a mandarti qui, non fidarti di ciò che dice di sé.',
    home: 'Pagina iniziale',
  },
};
