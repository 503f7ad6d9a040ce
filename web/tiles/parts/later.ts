import type { Component } from 'svelte';
import type { TileBodyProps } from '../define.ts';
import Later from './Later.svelte';

type Body<Options> = Component<TileBodyProps<Options>>;

/** A body in a file of its own, which comes when the first tile draws it: few houses use every kind. */
export const later =
  <Options>(load: () => Promise<{ readonly default: Body<Options> }>): Body<Options> =>
  (internals, props) =>
    Later(internals, { load, props });
