/** What a switch is called when it is on: On, Open or Unlocked. */
export const switchClasses = ['switch', 'valve', 'lock'] as const;
