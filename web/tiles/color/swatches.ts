/** What the wheel starts with when nobody chose colours. */
export const defaultSwatches = ['#ffb35c', '#fff4e0', '#ff6f61', '#7ad0ff', '#8a6bff'];
