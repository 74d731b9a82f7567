/** What the public and consent pages say, in English: the model for every other language. */
export const en = {
  /** The language's name in itself. */
  ownName: 'English',
  /** Dates and numbers as its readers write them. */
  locale: 'en-GB',
  languages: 'Language',
  skip: 'Skip to the content',
  app: {
    title: (name: string) => `${name}: who is asking`,
    by: 'Published by',
    about: 'About this app',
    noDescription: 'Its publisher has not described it.',
    scopes: 'What it may ask to do',
    scopesLead: 'You are always asked first, and you can say no.',
    noScopes: 'It asks for nothing in your account.',
    links: 'From its publisher',
    linksLead: 'These pages belong to the publisher, not to this platform.',
    website: 'Website',
    privacy: 'Privacy policy',
    terms: 'Terms of service',
    noLinks: 'It names no website, privacy policy or terms.',
    registered: 'Registered',
    claims: 'The name, the description and the links are what the publisher wrote.',
  },
  standing: {
    verified: {
      title: 'Verified',
      text: 'The operator of this platform has checked who publishes this app.',
    },
    unverified: {
      title: 'Unverified',
      text: 'Its publisher has not been verified. Go on only if you know where this app comes from and expected it to ask you.',
    },
    self_registered: {
      title: 'Self-registered',
      text: 'This app registered itself: nobody has checked it, and no organization here answers for it. Go on only if you know where it comes from and expected it to ask you.',
    },
    suspended: {
      title: 'Suspended',
      text: 'The operator of this platform has suspended this app. It gets no access; do not give it any information.',
    },
    disabled: {
      title: 'Switched off',
      text: 'Its publisher has switched this app off. At present nobody can use it.',
    },
  },
  noSuchApp: {
    title: 'No app is registered here',
    text: 'The address may be mistyped, or the app may have been deleted. If an app sent you here, do not trust what it says about itself.',
    home: 'Start page',
  },
};

export type Texts = typeof en;
