package dev.pilot.client.access;

import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Credential;
import org.jspecify.annotations.Nullable;

/**
 * The session of a user: gets the next token in time, and when the hub refuses one. One thread at a time does so: a refresh token that is
 * used twice ends the session. Threads may share it.
 */
public final class SessionCredential implements Credential, AutoCloseable {
    private final Connection open;
    private Session session;
    private long renewAt;
    private @Nullable Unauthenticated over;

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
        if (over != null) {
            throw over;
        }
        try {
            session = RemoteDoor.refresh(open, session.refreshToken());
            renewAt = renewAt(session);
        } catch (OutcomeUnknown lost) {
            // Shown once more, a token that was used up would look like a stolen one.
            over = new Unauthenticated("Whether the session was refreshed is not known: log in again.");
            throw over;
        } catch (Unauthenticated refused) {
            over = refused;
            throw refused;
        }
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
