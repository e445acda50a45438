/** The type of a note on the canvas, which n8n counts among the nodes. */
export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
