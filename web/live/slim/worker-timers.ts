/** Stands in for `worker-timers` inside the MQTT client, whose blob worker the CSP forbids; we ask for native timers anyway. */
export const setInterval = (run: () => void, ms: number): number => window.setInterval(run, ms);
export const clearInterval = (timer: number): void => window.clearInterval(timer);
