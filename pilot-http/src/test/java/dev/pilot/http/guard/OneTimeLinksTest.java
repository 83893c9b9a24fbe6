package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OneTimeLinksTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger words = new AtomicInteger();
    private final OneTimeLinks links = new OneTimeLinks(() -> "word-" + words.incrementAndGet(), clock::get);

    @Test
    void aWordIsGoodOnceAndForAMinute() {
        String first = links.make("token-a");
        String second = links.make("token-b");
        clock.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
        assertEquals("token-b", links.take(second));
        assertNull(links.take(second));
        clock.addAndGet(1);
        assertNull(links.take(first));
        assertNull(links.take("never-made"));
    }

    @Test
    void whoeverAsksForManyOnlyLosesTheOldest() {
        String first = links.make("a");
        for (int i = 0; i < 1_000; i++) {
            links.make("b");
        }
        assertNull(links.take(first));
        assertEquals("b", links.take("word-1001"));
    }
}
