/** Runs once the change of state that was asked for just now is drawn: Preact draws in a microtask, too. */
export const afterDrawing = (run: () => void): void => queueMicrotask(run)
