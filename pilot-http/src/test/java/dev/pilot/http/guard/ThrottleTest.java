package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong clock = new AtomicLong(-5_000_000_000L);

    private Throttle throttle(int caller, int address, int failures, int remembered) {
        return new Throttle(
                new RateLimits(caller, address, Duration.ofSeconds(2), failures, Duration.ofMinutes(1), remembered),
                clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void aBurstIsServedAndEarnedBackByTime() {
        Throttle throttle = throttle(10, 0, 0, 100);
        for (int i = 0; i < 20; i++) {
            assertNull(throttle.calls("a"), "request " + i);
        }
        Throttle.Wait wait = throttle.calls("a");
        assertEquals(Duration.ofMillis(100), wait.time());
        assertEquals(1, wait.seconds());
        assertEquals(20, wait.most());
        assertNull(throttle.calls("b"), "another caller has a measure of its own");
        pass(Duration.ofMillis(99));
        assertNotNull(throttle.calls("a"), "being refused costs nothing, but earns nothing either");
        pass(Duration.ofMillis(1));
        assertNull(throttle.calls("a"));
        assertNotNull(throttle.calls("a"));
        pass(Duration.ofHours(1));
        for (int i = 0; i < 20; i++) {
            assertNull(throttle.calls("a"), "no more than a burst is ever saved up: " + i);
        }
        assertNotNull(throttle.calls("a"));
    }

    private static void fail(Throttle throttle, int differentOnes) {
        for (int i = 0; i < differentOnes; i++) {
            throttle.failed("here", "guess-" + i);
        }
    }

    @Test
    void aWrongTokenThatIsShownAgainHasToWaitTwiceAsLongEachTime() {
        Throttle throttle = throttle(0, 0, 3, 100);
        for (int i = 0; i < 3; i++) {
            assertNull(throttle.mayTry("here", "stuck"));
            throttle.failed("here", "stuck");
        }
        for (int seconds = 1; seconds < 60; seconds *= 2) {
            assertEquals(seconds, throttle.mayTry("here", "stuck").seconds());
            pass(Duration.ofSeconds(seconds));
            assertNull(throttle.mayTry("here", "stuck"));
            throttle.failed("here", "stuck");
        }
        assertEquals(60, throttle.mayTry("here", "stuck").seconds(), "but never longer than that");
        pass(Duration.ofSeconds(121));
        throttle.failed("here", "stuck");
        assertNull(throttle.mayTry("here", "stuck"), "what is long ago is forgotten");
    }

    @Test
    void aWrongTokenIsHeldAgainstItsAddressOnce() {
        Throttle throttle = throttle(0, 0, 3, 100);
        for (int i = 0; i < 1_000; i++) {
            throttle.failed("here", "stuck");
        }
        for (int i = 0; i < 1_000; i++) {
            assertNull(throttle.mayTry("here", "new-" + i));
        }
    }

    @Test
    void whereManyAreWrongTheNextAreLookedAtOneAfterTheOther() {
        Throttle throttle = throttle(0, 0, 3, 100);
        fail(throttle, 2);
        for (int i = 0; i < 1_000; i++) {
            assertNull(throttle.mayTry("here", "new-" + i));
        }
        throttle.failed("here", "guess-2");
        for (int i = 0; i < 10; i++) {
            assertNull(throttle.mayTry("here", "new-" + i), "one more, after " + i);
        }
        Throttle.Wait wait = throttle.mayTry("here", "new");
        assertEquals(Duration.ofMillis(100), wait.time());
        assertEquals(1, wait.seconds());
        assertNull(throttle.mayTry("elsewhere", "new"));
        pass(Duration.ofMillis(100));
        assertNull(throttle.mayTry("here", "new"));
        pass(Duration.ofMillis(900));
        for (int i = 0; i < 1_000; i++) {
            assertNull(throttle.mayTry("here", "new-" + i), "what is a while ago");
        }
        throttle.failed("here", "guess-3");
        pass(Duration.ofMillis(1_999));
        for (int i = 0; i < 10; i++) {
            assertNull(throttle.mayTry("here", "new-" + i));
        }
        assertNotNull(throttle.mayTry("here", "new"), "the second time it takes twice as long");
    }

    @Test
    void wrongTokensShutNobodyOutOfLoggingInNorTheOtherWayRound() {
        Throttle throttle = throttle(0, 0, 3, 100);
        fail(throttle, 1_000);
        for (int i = 0; i < 1_000; i++) {
            assertNull(throttle.mayTryAt("here", "log-in"));
        }
        for (int i = 0; i < 3; i++) {
            throttle.failedAt("there", "log-in");
        }
        for (int i = 0; i < 10; i++) {
            assertNull(throttle.mayTryAt("there", "log-in"), "one more, after " + i);
        }
        assertNotNull(throttle.mayTryAt("there", "log-in"));
        for (int i = 0; i < 1_000; i++) {
            assertNull(throttle.mayTryAt("there", "link"));
            assertNull(throttle.mayTry("there", "new-" + i));
        }
    }

    @Test
    void whoWasLetInBeforeIsNotShutOutByAGuesserAtTheSamePlace() {
        for (int rate : new int[] {0, 1_000}) {
            whoWasLetInBefore(throttle(rate, 0, 1, 100));
        }
    }

    private static void whoWasLetInBefore(Throttle throttle) {
        assertNull(throttle.calls("good"));
        fail(throttle, 2);
        for (int i = 0; i < 10; i++) {
            assertNull(throttle.mayTry("here", "new-" + i));
        }
        assertNotNull(throttle.mayTry("here", "new"));
        for (int i = 0; i < 1_000; i++) {
            assertNull(throttle.mayTry("here", "good"));
        }
    }

    @Test
    void aTokenThatWasGoodOnceIsNoGuess() {
        Throttle throttle = throttle(1_000, 0, 1, 100);
        assertNull(throttle.calls("revoked"));
        for (int i = 0; i < 10; i++) {
            throttle.failed("here", "revoked");
            assertNull(throttle.mayTry("here", "revoked"));
        }
    }

    @Test
    void anyNumberOfAddressesTakesNoMoreMemoryThanAFew() {
        Throttle throttle = throttle(10, 1, 1, 1_000);
        assertNull(throttle.arrives("first"));
        assertNull(throttle.arrives("first"));
        assertNotNull(throttle.arrives("first"));
        for (int i = 0; i < 100_000; i++) {
            throttle.arrives("address-" + i);
            if (i % 10 == 0) {
                throttle.failed("address-" + i, "guess-" + i);
                throttle.mayTry("address-" + i, "other");
                throttle.failedAt("address-" + i, "log-in");
                throttle.calls("token-" + i);
                throttle.arrives("first");
            }
        }
        assertTrue(throttle.size() <= 5_000, () -> "remembers " + throttle.size());
        assertNotNull(throttle.arrives("first"), "whoever keeps coming is not forgotten for those that come once");
    }

    @Test
    void nothingIsCountedWhereThereIsNoLimit() {
        Throttle throttle = new Throttle(RateLimits.NONE, clock::get);
        for (int i = 0; i < 100_000; i++) {
            assertNull(throttle.arrives("a"));
            assertNull(throttle.calls("a"));
            throttle.failed("a", "a");
            assertNull(throttle.mayTry("a", "a"));
            throttle.failedAt("a", "a");
            assertNull(throttle.mayTryAt("a", "a"));
        }
        assertEquals(0, throttle.size());
    }
}
