import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that takes mails of one user, and delivers none. */
export class Mailbox {
	/** The mails as they came, headers and body, with lines that were broken on their way whole again. */
	readonly mails: string[] = [];

	private constructor(private readonly server: SMTPServer) {}

	static async start(user: string, password: string): Promise<Mailbox> {
		const server = new SMTPServer({
			// a test's mail crosses no network
			disabledCommands: ['STARTTLS'],
			allowInsecureAuth: true,
			onAuth(login, _session, done) {
				const isRight = login.username === user && login.password === password;
				done(isRight ? null : new Error('Invalid username or password'), { user });
			},
			onData(stream, _session, done) {
				text(stream).then((mail) => {
					mailbox.mails.push(mail.replace(/=\r?\n/g, ''));
					done();
				}, done);
			},
		});
		const mailbox = new Mailbox(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return mailbox;
	}

	/** TCP port on loopback. */
	get port(): number {
		return (this.server.server.address() as AddressInfo).port;
	}

	async stop(): Promise<void> {
		await new Promise<void>((resolve) => this.server.close(resolve));
	}
}
