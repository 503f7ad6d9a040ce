import type { Engine } from '../broker/engine/engine.ts';
import { startDevice } from './device.ts';
import { demoDevices } from './devices.ts';
import { demoWords, type DemoLanguage } from './words.ts';

/** Starts every simulated device on the engine; returns dispose, after which nothing of the demo is connected. */
export function startDemo(
  engine: Engine,
  options: { readonly language: DemoLanguage; readonly random: () => number },
): () => void {
  const stops = demoDevices(demoWords[options.language].note).map((device) =>
    startDevice(engine, device, options.random),
  );
  return () => stops.forEach((stop) => stop());
}
