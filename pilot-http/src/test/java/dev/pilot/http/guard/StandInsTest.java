package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pilot.http.guard.StandIns.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandInsTest {
    private static final Token ANNA = new Token("anna", "token-of-anna");
    private static final Token BERT = new Token("bert", "token-of-bert");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger words = new AtomicInteger();
    private final StandIns links = StandIns.links(() -> "word-" + words.incrementAndGet(), clock::get);
    private final StandIns cookies = StandIns.cookies(() -> "word-" + words.incrementAndGet(), clock::get);

    @Test
    void aLinkIsGoodOnceAndForAMinute() {
        String first = links.make(ANNA);
        String second = links.make(BERT);
        clock.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
        assertEquals(BERT, links.take(second));
        assertNull(links.take(second));
        clock.addAndGet(1);
        assertNull(links.take(first));
        assertNull(links.take("never-made"));
    }

    @Test
    void aCookieIsGoodForTwelveHoursOrUntilItIsTakenBack() {
        String first = cookies.make(ANNA);
        String second = cookies.make(ANNA);
        assertEquals(ANNA, cookies.find(first));
        assertEquals(ANNA, cookies.take(first));
        assertNull(cookies.find(first));
        clock.addAndGet(Duration.ofHours(12).toNanos() - 1);
        assertEquals(ANNA, cookies.find(second));
        clock.addAndGet(1);
        assertNull(cookies.find(second));
        assertNull(cookies.find("never-made"));
    }

    @Test
    void whoeverAsksForManyLosesOnlyTheirOwnOldest() {
        String others = links.make(BERT);
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            own.add(links.make(new Token("anna", "token-" + i)));
        }
        assertEquals(BERT, links.find(others));
        assertEquals(20, own.stream().map(links::find).filter(Objects::nonNull).count());
        assertEquals(new Token("anna", "token-4980"), links.find(own.get(4_980)));
    }

    @Test
    void thereAreNeverMoreThanSoMany() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            made.add(links.make(new Token("holder-" + i, "t")));
        }
        assertEquals(
                1_000, made.stream().map(links::find).filter(Objects::nonNull).count());
        assertNull(links.find(made.get(499)));
    }

    @Test
    void aTokenIsNotPrinted() {
        assertFalse(ANNA.toString().contains(ANNA.token()));
    }
}
