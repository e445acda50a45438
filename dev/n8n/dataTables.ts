import type { DataTable, DataTableColumn, DataTableRow, EditorCalls } from './types';

const pageSize = 100;

/** Of the columns of a row, by their names. */
export type Values = Record<string, string | number | boolean | null>;

/** n8n's Data Tables, as their pages in the editor show and change them. */
export class DataTables {
	constructor(private readonly client: EditorCalls) {}

	/** Creates a Data Table; n8n adds `id`, `createdAt` and `updatedAt` to its columns. */
	async create(name: string, columns: DataTableColumn[]): Promise<DataTable> {
		return await this.client.request('POST', await this.path(), { body: { name, columns } });
	}

	/** Every Data Table. */
	async list(): Promise<DataTable[]> {
		const { data } = await this.client.request<{ data: DataTable[] }>('GET', await this.path());
		return data;
	}

	/** A Data Table by its name; undefined where there is none. */
	async named(name: string): Promise<DataTable | undefined> {
		return (await this.list()).find((table) => table.name === name);
	}

	/** Every row of a Data Table, by ascending id. */
	async rows(dataTableId: string): Promise<DataTableRow[]> {
		const path = `${await this.path(dataTableId)}/rows`;
		const rows: DataTableRow[] = [];
		for (;;) {
			const query = { take: String(pageSize), skip: String(rows.length), sortBy: 'id:asc' };
			const page = await this.client.request<{ data: DataTableRow[] }>('GET', path, { query });
			rows.push(...page.data);
			if (page.data.length < pageSize) return rows;
		}
	}

	/** The 100 rows of a Data Table that changed last, the newest change first. */
	async recentRows(dataTableId: string): Promise<DataTableRow[]> {
		const path = `${await this.path(dataTableId)}/rows`;
		const query = { take: String(pageSize), sortBy: 'updatedAt:desc' };
		return (await this.client.request<{ data: DataTableRow[] }>('GET', path, { query })).data;
	}

	/** Adds rows to a Data Table. */
	async insertRows(dataTableId: string, rows: Values[]): Promise<void> {
		const path = `${await this.path(dataTableId)}/insert`;
		await this.client.request('POST', path, { body: { data: rows } });
	}

	/** Changes a row of a Data Table, as its user does in n8n's table. */
	async updateRow(dataTableId: string, rowId: number, values: Values): Promise<void> {
		const path = `${await this.path(dataTableId)}/rows`;
		const filters = [{ columnName: 'id', condition: 'eq', value: rowId }];
		const body = { filter: { type: 'and', filters }, data: values };
		await this.client.request('PATCH', path, { body });
	}

	/** Deletes the rows of a Data Table that hold a value in a column. */
	async deleteRows(
		dataTableId: string,
		columnName: string,
		value: string | number | boolean,
	): Promise<void> {
		const filters = [{ columnName, condition: 'eq', value }];
		const query = { filter: JSON.stringify({ type: 'and', filters }) };
		await this.client.request('DELETE', `${await this.path(dataTableId)}/rows`, { query });
	}

	/** Deletes a Data Table with its rows. */
	async delete(dataTableId: string): Promise<void> {
		await this.client.request('DELETE', await this.path(dataTableId));
	}

	private async path(dataTableId?: string): Promise<string> {
		const tables = `/rest/projects/${await this.client.personalProject()}/data-tables`;
		return dataTableId === undefined ? tables : `${tables}/${dataTableId}`;
	}
}
