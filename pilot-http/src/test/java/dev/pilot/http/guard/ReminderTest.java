package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReminderTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // nanoTime may be anything, and overflow
    private final Reminder reminder = new Reminder(nanos::get);

    @Test
    void whatStaysWrongIsToldOnceThenEachHour() {
        assertTrue(reminder.isDue("half a pair"));
        for (int second = 0; second < 3_599; second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertFalse(reminder.isDue("half a pair"));
        }
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(reminder.isDue("half a pair"));
        assertFalse(reminder.isDue("half a pair"));
    }

    @Test
    void whatIsWrongInAnotherWayIsToldAtOnce() {
        assertTrue(reminder.isDue("half a pair"));
        assertTrue(reminder.isDue("no key"));
        assertFalse(reminder.isDue("no key"));
    }
}
