/** How two lists of symbols fit on each other, with as few changes as possible. */
export interface Alignment {
	/** For each symbol of the first list the index of its partner in the second; -1 for none. */
	partners: Int32Array;
	/** How many symbols are put in, left out or replaced: the edit distance. */
	distance: number;
	/** How many steps of 32 comparisons each it took. */
	steps: number;
}

/** Up to so many comparisons are made one by one, and remembered. */
const FEW_COMPARISONS = 4096;
const BITS = 32;
const TOP_BIT = 1 << (BITS - 1);

/**
 * Aligns two lists of symbols exactly: with the least possible number of symbols put in, left out
 * or replaced. It takes about a sixteenth of the product of their lengths in steps, and memory in
 * proportion to their sum (Hirschberg 1975; the rows by the bit vectors of Myers 1999).
 *
 * @param first symbols as numbers from 0
 */
export function align(first: Int32Array, second: Int32Array): Alignment {
	return new Aligning(first, second).alignment();
}

/** A part of each list, from the first index to before the last. */
interface Parts {
	from: number;
	to: number;
	otherFrom: number;
	otherTo: number;
}

/** Where each symbol stands within a part of a list, as bits. */
class Places {
	/** For each place, the one before it with the same symbol. */
	private readonly placeBefore: Int32Array;

	/** Of symbols with so many places that it is quicker to keep their bits: at most 32. */
	private readonly kept = new Map<number, Int32Array>();

	private readonly bits: Int32Array;

	private marked = -1;

	/** @param lastPlace for each symbol -1, and after `forget` again */
	constructor(
		private readonly list: Int32Array,
		private readonly from: number,
		private readonly to: number,
		isReversed: boolean,
		private readonly lastPlace: Int32Array,
	) {
		const length = to - from;
		const blocks = Math.ceil(length / BITS);
		const counts = new Map<number, number>();
		this.placeBefore = new Int32Array(length);
		this.bits = new Int32Array(blocks);
		for (let place = 0; place < length; place++) {
			const symbol = list[isReversed ? to - 1 - place : from + place]!;
			counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
			this.placeBefore[place] = lastPlace[symbol]!;
			lastPlace[symbol] = place;
		}
		for (const [symbol, count] of counts) {
			if (count <= blocks) continue;
			const bits = new Int32Array(blocks);
			this.forEach(symbol, (place) => (bits[place >> 5]! |= 1 << (place & 31)));
			this.kept.set(symbol, bits);
		}
	}

	/** A bit for each place that has the symbol; until the next call. */
	of(symbol: number): Int32Array {
		const kept = this.kept.get(symbol);
		if (kept) return kept;
		if (this.marked !== -1) this.forEach(this.marked, (place) => (this.bits[place >> 5] = 0));
		this.forEach(symbol, (place) => (this.bits[place >> 5]! |= 1 << (place & 31)));
		this.marked = symbol;
		return this.bits;
	}

	/** Leaves nothing behind in what was lent. */
	forget(): void {
		for (let place = this.from; place < this.to; place++) this.lastPlace[this.list[place]!] = -1;
	}

	private forEach(symbol: number, visit: (place: number) => void): void {
		for (let place = this.lastPlace[symbol]!; place !== -1; place = this.placeBefore[place]!) {
			visit(place);
		}
	}
}

class Aligning {
	private readonly partners: Int32Array;

	/** For each symbol -1, outside the search for places. */
	private readonly lastPlace: Int32Array;

	private steps = 0;

	constructor(
		private readonly first: Int32Array,
		private readonly second: Int32Array,
	) {
		const symbols = [first, second].map((list) =>
			list.reduce((one, other) => Math.max(one, other), -1),
		);
		this.partners = new Int32Array(first.length).fill(-1);
		this.lastPlace = new Int32Array(Math.max(...symbols) + 1).fill(-1);
	}

	alignment(): Alignment {
		this.align({ from: 0, to: this.first.length, otherFrom: 0, otherTo: this.second.length });
		return { partners: this.partners, distance: this.distance(), steps: this.steps };
	}

	private distance(): number {
		let kept = 0;
		let replaced = 0;
		this.partners.forEach((partner, index) => {
			if (partner === -1) return;
			if (this.first[index] === this.second[partner]) kept++;
			else replaced++;
		});
		const paired = kept + replaced;
		return this.first.length - paired + (this.second.length - paired) + replaced;
	}

	private align(parts: Parts): void {
		const { from, to, otherFrom, otherTo } = this.withoutSameEnds(parts);
		if (from === to || otherFrom === otherTo) return;
		if ((to - from) * (otherTo - otherFrom) <= FEW_COMPARISONS || otherTo - otherFrom === 1) {
			this.alignFew({ from, to, otherFrom, otherTo });
			return;
		}
		const middle = (otherFrom + otherTo) >> 1;
		const cut = from + this.bestCut({ from, to, otherFrom, otherTo }, middle);
		this.align({ from, to: cut, otherFrom, otherTo: middle });
		this.align({ from: cut, to, otherFrom: middle, otherTo });
	}

	/** Pairs what both parts begin and end with, and gives what is left between. */
	private withoutSameEnds({ from, to, otherFrom, otherTo }: Parts): Parts {
		const { first, second, partners } = this;
		while (from < to && otherFrom < otherTo && first[from] === second[otherFrom]) {
			partners[from++] = otherFrom++;
		}
		while (from < to && otherFrom < otherTo && first[to - 1] === second[otherTo - 1]) {
			partners[--to] = --otherTo;
		}
		return { from, to, otherFrom, otherTo };
	}

	/** How much of the first part belongs to what stands before the middle of the second. */
	private bestCut({ from, to, otherFrom, otherTo }: Parts, middle: number): number {
		const before = this.distances({ from, to, otherFrom, otherTo: middle }, false);
		const behind = this.distances({ from, to, otherFrom: middle, otherTo }, true);
		const length = to - from;
		let best = 0;
		for (let cut = 1; cut <= length; cut++) {
			const least = before[best]! + behind[length - best]!;
			if (before[cut]! + behind[length - cut]! < least) best = cut;
		}
		return best;
	}

	/**
	 * The edit distance of each beginning of the first part to the whole second part.
	 *
	 * @param isReversed whether both are read from their ends
	 */
	private distances({ from, to, otherFrom, otherTo }: Parts, isReversed: boolean): Int32Array {
		const { second } = this;
		const length = to - from;
		const others = otherTo - otherFrom;
		const blocks = Math.ceil(length / BITS);
		const places = new Places(this.first, from, to, isReversed, this.lastPlace);
		// what a row of the table adds to the row before it: bits for one more, and for one less
		const more = new Int32Array(blocks).fill(-1);
		const less = new Int32Array(blocks);
		for (let column = 0; column < others; column++) {
			const symbol = second[isReversed ? otherTo - 1 - column : otherFrom + column]!;
			const same = places.of(symbol);
			// the first row grows by one with each column
			let carry = 1;
			for (let block = 0; block < blocks; block++) {
				const plus = more[block]!;
				const minus = less[block]!;
				let equal = same[block]!;
				const vertical = equal | minus;
				if (carry < 0) equal |= 1;
				const horizontal = (((equal & plus) + plus) ^ plus) | equal;
				let rising = minus | ~(horizontal | plus);
				let falling = plus & horizontal;
				const next = (rising & TOP_BIT) !== 0 ? 1 : (falling & TOP_BIT) !== 0 ? -1 : 0;
				rising = (rising << 1) | (carry > 0 ? 1 : 0);
				falling = (falling << 1) | (carry < 0 ? 1 : 0);
				more[block] = falling | ~(vertical | rising);
				less[block] = rising & vertical;
				carry = next;
			}
		}
		places.forget();
		this.steps += others * blocks;
		const distances = new Int32Array(length + 1);
		distances[0] = others;
		for (let place = 0; place < length; place++) {
			const bit = 1 << (place & 31);
			const added = (more[place >> 5]! & bit) !== 0 ? 1 : (less[place >> 5]! & bit) !== 0 ? -1 : 0;
			distances[place + 1] = distances[place]! + added;
		}
		return distances;
	}

	/** Aligns short parts by the whole table of their distances. */
	private alignFew({ from, to, otherFrom, otherTo }: Parts): void {
		const { first, second, partners } = this;
		const rows = to - from;
		const columns = otherTo - otherFrom;
		const width = columns + 1;
		const table = new Int32Array((rows + 1) * width);
		const costAt = (row: number, column: number) =>
			first[from + row - 1] === second[otherFrom + column - 1] ? 0 : 1;
		for (let column = 1; column <= columns; column++) table[column] = column;
		for (let row = 1; row <= rows; row++) {
			table[row * width] = row;
			for (let column = 1; column <= columns; column++) {
				const at = row * width + column;
				const paired = table[at - width - 1]! + costAt(row, column);
				table[at] = Math.min(paired, table[at - width]! + 1, table[at - 1]! + 1);
			}
		}
		this.steps += Math.ceil((rows * columns) / BITS);
		let [row, column] = [rows, columns];
		while (row > 0 && column > 0) {
			const at = row * width + column;
			if (table[at] === table[at - width - 1]! + costAt(row, column)) {
				partners[from + --row] = otherFrom + --column;
			} else if (table[at] === table[at - width]! + 1) row--;
			else column--;
		}
	}
}
