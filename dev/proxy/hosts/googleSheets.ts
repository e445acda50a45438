import {
	type PlayedAnswer,
	type PlayedRequest,
	type PlayedServer,
	playServer,
} from './playedServer';

const MOST_CHARACTERS_IN_A_CELL = 50_000;

/** Rows of cells, the headings first. */
export type Rows = string[][];

interface ValueRange {
	range: string;
	values: unknown[][];
}

/**
 * One spreadsheet with one sheet, as the Google Sheets API has it
 * (https://developers.google.com/workspace/sheets/api/reference/rest): its properties, reading values,
 * and values.batchUpdate.
 */
export class PlayedGoogleSheets {
	readonly spreadsheetId = '1plSheetForTests0123456789abcdefghijklmnop';

	/** The cells, as a person enters and sees them. */
	rows: Rows = [];

	/** How many of the next updates of a row are refused, by its number on the sheet. */
	readonly refusals = new Map<number, number>();

	private server!: PlayedServer;

	private constructor(
		private readonly token: string,
		private readonly title: string,
	) {}

	/** @param title the sheet's name */
	static async start(token: string, title = 'Sheet1'): Promise<PlayedGoogleSheets> {
		const sheets = new PlayedGoogleSheets(token, title);
		sheets.server = await playServer((request) => sheets.answer(request));
		return sheets;
	}

	/** For startInterceptingProxy. */
	get hosts(): Record<string, string> {
		return { 'sheets.googleapis.com': this.server.url };
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	private answer({ method, path, headers, body }: PlayedRequest): PlayedAnswer {
		if (headers.authorization !== `Bearer ${this.token}`) return refused(401, 'UNAUTHENTICATED');
		const [, id, rest = ''] = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/.exec(path) ?? [];
		if (id !== this.spreadsheetId) return refused(404, 'NOT_FOUND');
		if (method === 'GET' && rest === '')
			return { body: { sheets: [{ properties: this.shown() }] } };
		if (method === 'GET' && rest.startsWith('/values/')) return this.read(rest.slice(8));
		if (method === 'POST' && rest === '/values:batchUpdate') {
			return this.update(body as { data?: ValueRange[]; valueInputOption?: string });
		}
		return refused(404, 'NOT_FOUND');
	}

	private shown(): object {
		const gridProperties = { rowCount: 1000, columnCount: 26 };
		return { sheetId: 0, title: this.title, index: 0, sheetType: 'GRID', gridProperties };
	}

	/** A whole sheet, or some of its columns or rows; empty cells at the ends are left out. */
	private read(range: string): PlayedAnswer {
		const [, title, first = '', last = ''] = /^'?([^'!]+)'?(?:!(\w+):(\w+))?$/.exec(range) ?? [];
		if (title !== this.title) return unparsed(range);
		const [from, to] = [first, last].map((end) => Number(/\d+$/.exec(end)?.[0]));
		const rows = this.rows.slice((from || 1) - 1, to || undefined);
		const values = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1));
		return { body: { range, majorDimension: 'ROWS', ...(values.length > 0 && { values }) } };
	}

	private update({
		data = [],
		valueInputOption,
	}: {
		data?: ValueRange[];
		valueInputOption?: string;
	}): PlayedAnswer {
		if (!['RAW', 'USER_ENTERED'].includes(String(valueInputOption))) {
			return refused(400, 'INVALID_ARGUMENT', "'valueInputOption' is required but not specified");
		}
		for (const { range, values } of data) {
			const [, title, column = '', row] = /^'?([^'!]+)'?!([A-Z])(\d+)$/.exec(range) ?? [];
			if (title !== this.title || row === undefined) return unparsed(range);
			if (this.isRefused(Number(row))) return refused(503, 'UNAVAILABLE', `Not now: row ${row}`);
			const text = String(values[0]?.[0] ?? '');
			if (text.length > MOST_CHARACTERS_IN_A_CELL) {
				const words =
					'Your input contains more than the maximum of 50000 characters in a single cell.';
				return refused(400, 'INVALID_ARGUMENT', words);
			}
			this.set(Number(row) - 1, column.charCodeAt(0) - 65, text);
		}
		return { body: { spreadsheetId: this.spreadsheetId, totalUpdatedCells: data.length } };
	}

	private isRefused(row: number): boolean {
		const left = this.refusals.get(row) ?? 0;
		if (left > 0) this.refusals.set(row, left - 1);
		return left > 0;
	}

	private set(row: number, column: number, text: string): void {
		const cells = (this.rows[row] ??= []);
		while (cells.length < column) cells.push('');
		cells[column] = text;
	}
}

function unparsed(range: string): PlayedAnswer {
	return refused(400, 'INVALID_ARGUMENT', `Unable to parse range: ${range}`);
}

function refused(status: number, code: string, message = code): PlayedAnswer {
	return { status, body: { error: { code: status, message, status: code } } };
}
