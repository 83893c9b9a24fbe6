package dev.pilot.client.access;

import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.PilotException;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Credential;

/**
 * The session of a user: gets the next token in time, and when the hub refuses one. One thread at a time does so: a refresh token that is
 * used twice ends the session. Threads may share it.
 */
public final class SessionCredential implements Credential, AutoCloseable {
    private final Connection open;
    private Session session;
    private long renewAt;

    /**
     * Logs in.
     *
     * @param open a connection that shows no token; closed with this
     * @param who name and password
     */
    public SessionCredential(Connection open, LogIn who) {
        this.open = open;
        this.session = RemoteDoor.logIn(open, who);
        this.renewAt = renewAt(session);
    }

    @Override
    public synchronized String token() {
        if (System.nanoTime() - renewAt > 0) {
            try {
                renew();
            } catch (PilotException failure) {
                // This token may hold still; if not, whoever shows it hears so.
                renewAt = renewAt(session);
            }
        }
        return session.accessToken();
    }

    @Override
    public synchronized boolean renew(String refused) {
        if (session.accessToken().equals(refused)) {
            renew();
        }
        return true;
    }

    private void renew() {
        session = RemoteDoor.refresh(open, session.refreshToken());
        renewAt = renewAt(session);
    }

    /** After four fifths of the time. */
    private static long renewAt(Session session) {
        return System.nanoTime() + session.expiresIn().toNanos() / 5 * 4;
    }

    @Override
    public void close() {
        open.close();
    }
}
