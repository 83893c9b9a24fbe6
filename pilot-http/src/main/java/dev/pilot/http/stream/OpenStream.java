package dev.pilot.http.stream;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import java.time.Duration;

/** A connection that follows events, of whatever kind. Threads may share it. */
interface OpenStream {
    /** Called every now and then: keeps the connection alive, or gives it up. */
    void tick(long now, Duration heartbeat, Duration slowest);

    /** Ends it in good order: the server stops. */
    void end();

    /** Looks whether whoever follows is still let in, and ends it if not. May ask the store. */
    void look();

    /** Why a stream ends whose caller may not stay: come again, and the door will say what is wrong with the token. */
    static PilotException farewell(PilotException why) {
        return why instanceof Unauthenticated
                ? new Unavailable(
                        "access-over",
                        "The token that this was opened with holds no longer: come again with another one.",
                        why)
                : why;
    }
}
