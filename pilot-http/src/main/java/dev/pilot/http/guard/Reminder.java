package dev.pilot.http.guard;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps a log readable when something that is looked at each second stays wrong: it is told once, then each hour. For one thread. */
final class Reminder {
    private static final long AGAIN = Duration.ofHours(1).toNanos();

    private final LongSupplier nanos;
    private @Nullable Object told;
    private long at;

    Reminder(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether to tell of this now, which is then taken for told. */
    boolean isDue(Object what) {
        long now = nanos.getAsLong();
        if (what.equals(told) && now - at < AGAIN) {
            return false;
        }
        told = what;
        at = now;
        return true;
    }
}
