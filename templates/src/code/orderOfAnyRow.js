// @ts-check
const LAST_ID = 2 ** 31 - 1; // PostgreSQL refuses to compare a row's ID with a larger number

/**
 * An order that takes rows whatever their IDs are.
 *
 * @param {Omit<RunOrder, 'firstId' | 'lastId'>} order
 * @returns {RunOrder}
 */
export function orderOfAnyRow(order) {
	return { ...order, firstId: 0, lastId: LAST_ID };
}
