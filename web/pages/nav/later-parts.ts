import Banners from './Banners.svelte';
import SideFoot from './SideFoot.svelte';
import TopBar from './TopBar.svelte';
import WallClock from './WallClock.svelte';

export const laterParts = { Banners, SideFoot, TopBar, WallClock };
export type LaterParts = typeof laterParts;
