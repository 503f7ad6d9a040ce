/** The options of a subscription as bits of its `flags` column. */
export const subscriptionFlags = { noLocal: 1, retainAsPublished: 2 } as const;
