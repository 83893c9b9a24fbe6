package dev.pilot.http.stream;

import java.time.Duration;

/** A connection that follows events, of whatever kind. Threads may share it. */
interface OpenStream {
    /** Called every now and then: keeps the connection alive, or gives it up. */
    void tick(long now, Duration heartbeat, Duration slowest);

    /** Ends it in good order: the server stops. */
    void end();
}
