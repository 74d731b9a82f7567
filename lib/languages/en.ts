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
    scopes: 'It may ask to',
    scopesLead: {
      once: 'You are asked the first time, and you can refuse. Later it may sign you in without asking, until it needs more or you take the access back.',
      each: 'You are asked every time, and you can refuse.',
    },
    noScopes: 'It asks for no access to your account.',
    sensitivity: { restricted: 'Far-reaching' },
    links: 'From its publisher',
    linksLead: 'These pages belong to the publisher, not to this platform.',
    website: 'Website',
    privacy: 'Privacy policy',
    terms: 'Terms of service',
    noLinks: 'It names no website, privacy policy or terms.',
    registered: 'Registered',
    claims: 'Name, logo, description and links come from the publisher.',
  },
  standing: {
    first_party: { title: 'The platform’s own', text: 'This app is made by this platform itself.' },
    verified: {
      title: 'Verified',
      text: 'The publisher has proved that it owns every domain that this app sends people to.',
    },
    unverified: {
      title: 'Unverified',
      text: 'We do not know who makes this app. Continue only if you know where it comes from and expected it to ask you.',
    },
    self_registered: {
      title: 'Self-registered',
      text: 'This app registered itself here, and nobody answers for it. Continue only if you know where it comes from and expected it to ask you.',
    },
    suspended: {
      title: 'Suspended',
      text: 'This platform has suspended this app. It gets no access; do not give it any information.',
    },
    disabled: {
      title: 'Switched off',
      text: 'Its publisher has switched this app off. At present nobody can use it.',
    },
  },
  consent: {
    title: (name: string) => `${name} asks for access`,
    asks: 'asks for access to your account',
    /** Before the host or the domain, in large type. */
    verifiedAs: 'Verified as',
    /** Before the host of an app that proved nothing. */
    leadsTo: 'Sends you to',
    describedAt: 'It describes itself at',
    loopback: 'A program on this device',
    ownScheme: 'An app on this device',
    facts: {
      publisher: 'Publisher',
      claimed: 'Says it is by',
      none: 'None',
      registered: 'Registered',
      users: 'Users',
      few: 'Fewer than 10',
      atLeast: (count: string) => `At least ${count}`,
    },
    /** What is asked for, in numbers, above the two answers. */
    permissions: (count: number, farReaching: number) =>
      `${count} ${count === 1 ? 'permission' : 'permissions'}, ${farReaching === 0 ? 'none' : farReaching} far-reaching`,
    wholeName: 'Whole name',
    /** The first sentence says what, the second what to do. */
    warnings: {
      elsewhere: (host: string) => [
        'Leads elsewhere.',
        `This app has a verified domain, but this request sends you to ${host}.`,
      ],
      device: [
        'Is the device in front of you?',
        'Continue only if it is yours and shows this code. Our staff never ask you to do this.',
      ],
      changed: {
        name: ['Changed since you allowed it.', 'It has another name.'],
        logo: ['Changed since you allowed it.', 'It has another logo.'],
        redirectHosts: ['Changed since you allowed it.', 'It sends you to another place.'],
        keys: ['Changed since you allowed it.', 'It has other keys.'],
      },
      selfRegistered: (doThis: string) => ['Nobody answers for this app.', `It registered itself here. ${doThis}`],
      unverified: (doThis: string) => ['Unverified app.', doThis],
      ifYouKnow: (host: string) => `Continue only if you know ${host}.`,
      ifYouStarted: 'Continue only if you started it yourself, just now.',
    },
    moreToKnow: (count: number) => (count === 1 ? '1 more thing to know' : `${count} more things to know`),
    toKnow: {
      maker: 'We do not know who makes it.',
      unchecked: 'Nobody has checked its name or its logo.',
      program: 'The answer goes to a program on this device. We cannot tell which one.',
      scheme: 'Another app on this device could use the same address.',
      noHost: 'It names no website that it belongs to.',
      isNew: 'It is new here. Be sure that it is the one you meant.',
      everyTime: 'You are asked every time, because a program on a device cannot prove who it is.',
    },
    account: 'Your account',
    signedInAs: 'You are signed in as',
    switchAccount: 'Use another account',
    organization: 'Access to',
    access: 'It will be able to',
    accessBefore: 'You allowed this before',
    optional: 'You may also let it',
    optionalLead: 'It works without these. Choose what you want to allow.',
    nothing: 'No access to your account. It only learns that you allowed it.',
    nothingUnless: 'Nothing, unless you choose it below.',
    staysConnected: {
      title: 'Stay connected',
      session: 'It keeps this access until you sign out here.',
      lasting: 'It keeps this access until you end it, also while you are not using it.',
    },
    nextText: (where: string) => `If you allow it, you go to ${where}.`,
    takeBack: 'You can take the access back at any time in',
    authorizedApps: 'Authorized apps',
    chooseOne: 'Choose at least one, or cancel.',
    sent: {
      title: 'Your answer was sent',
      text: 'If the app is open, you can close this tab. If nothing happened, go back to the app and start again there.',
    },
    allow: 'Allow',
    cancel: 'Cancel',
    moreAbout: 'More about this app',
    signIn: {
      title: 'Sign in to answer',
      text: 'Nothing is shared until you sign in and allow it.',
      again: 'The app wants you to sign in again.',
      button: 'Sign in',
    },
    membersOnly: {
      title: 'This app is not for your account',
      text: (publisher: string) =>
        `Only members of ${publisher} may use it. Use another account, or go back to the app.`,
      back: 'Go back to the app',
    },
    over: {
      title: 'This request has expired',
      text: 'It was already answered, is more than an hour old, was started in another browser, or the app was suspended. Go back to the app and start again from there.',
    },
  },
  /** A page that takes the answer to the app by itself (`response_mode=form_post`), where it cannot. */
  posting: {
    title: 'Back to the app',
    text: 'Your answer is given. Press the button to take it to the app.',
    button: 'Go back to the app',
  },
  device: {
    title: 'Connect a device',
    lead: 'Enter the code that your device shows.',
    code: 'Code',
    hint: 'Eight letters, like BCDF-GHJK. Small letters will do, with or without the hyphen.',
    go: 'Continue',
    unknown:
      'No device is waiting with this code. Check the device again: a code is valid for ten minutes and works once.',
    tooMany: 'Too many codes were tried. Wait a few minutes.',
    asks: 'asks for access to your account from a device',
    saysFrom: 'It says that it belongs to',
    noHost: 'It names no website that it belongs to.',
    membersOnly: (publisher: string) => `Only members of ${publisher} may use it. Use another account, or cancel.`,
    sameNetwork: 'The device asked from the network that you are using.',
    otherNetwork: (network: string) =>
      `The device is on another network than yours: ${network}. If the device should be next to you, cancel.`,
    compare: 'Your device must show this code',
    nextText: 'If you allow it, the device goes on by itself.',
    signIn: {
      title: 'Sign in to see who asks',
      text: 'A device asks for access to an account. Nothing is shared until you sign in and allow it.',
    },
    allowed: { title: 'Allowed', text: 'Your device goes on by itself. You can close this page.' },
    cancelled: { title: 'Nothing was allowed', text: 'The device gets no access. You can close this page.' },
  },
  refused: {
    title: 'This request was refused',
    text: 'An app sent you here with a request that does not fit its registration. Nothing was shared with it. Go back to the app and try once more. If it happens again, send its developers this reference.',
    document:
      'The app that sent you here describes itself on its own site. That description cannot be read at the moment, or it breaks a rule. Nothing was shared with the app. Go back to it and try once more. If it happens again, send its developers this reference.',
    reference: 'Reference for its developers',
    owner: 'You own this app. See what was refused.',
  },
  /** After an answer that leads to an app on the device. */
  leaving: {
    title: 'You can close this tab',
    text: 'Your answer goes to the app. If it did not open, open it again.',
    button: 'Open the app again',
    over: 'The app has your answer, or took too long. If something is missing, start again from the app.',
  },
  stopped: {
    suspended: {
      title: 'This app is suspended',
      text: 'This platform has suspended it. It cannot use your account. Do not give it a password, a code or a payment.',
    },
    disabled: {
      title: 'This app is switched off',
      text: 'Its publisher has switched it off, so nobody can use it at present. Nothing was shared with it. Ask its publisher when it comes back.',
    },
    owner: 'You own this app. See why it is stopped.',
  },
  cancelled: {
    title: 'Nothing was allowed',
    text: 'Nothing was shared with the app. It registered itself here and you are not signed in, so you are not sent back to it.',
  },
  /** At the end of a page from which no app is reached any more. */
  ways: { apps: 'See your apps', close: 'You can close this tab.' },
  busy: {
    title: 'Just a moment',
    text: 'This platform cannot answer just now. Nothing that was saved is lost. Wait a little, and try again.',
    sent: 'This platform cannot answer just now, and what you sent was not saved. Wait a little, then reload this page to send it again.',
    many: 'Too many requests came from your network. Nothing was shared with the app. Wait a minute, and try again.',
    again: 'Try again',
  },
  signOut: {
    title: 'Sign out?',
    asks: (name: string) => `${name} asks whether you want to sign out here as well.`,
    asksUnnamed: 'An app or a link asks whether you want to sign out here.',
    afterwards: (host: string) => `Afterwards you go to ${host}.`,
    notUsed: 'The return address of this request is not registered for the app, so you stay here afterwards.',
    text: 'You will be signed out here, and the apps that asked for it are informed.',
    leave: 'Sign out here',
    stay: 'Stay signed in',
    done: 'You are signed out',
    doneText: 'No account is signed in here in this browser.',
    home: 'Start page',
  },
  noSuchApp: {
    title: 'No app is registered here',
    text: 'The address may be mistyped, or the app may have been deleted. If an app sent you here, do not trust what it says about itself.',
    home: 'Start page',
  },
};

export type Texts = typeof en;
