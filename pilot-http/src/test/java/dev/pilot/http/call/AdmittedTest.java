package dev.pilot.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmittedTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<@Nullable PilotException> why = new AtomicReference<>();

    /** Nobody calls it here. */
    private final Pilot pilot = (Pilot) Proxy.newProxyInstance(
            Pilot.class.getClassLoader(), new Class<?>[] {Pilot.class}, (proxy, method, arguments) -> {
                throw new AssertionError(method);
            });

    private final Admitted admitted = new Admitted(
            pilot,
            () -> {
                asked.incrementAndGet();
                return why.get();
            },
            Duration.ofSeconds(10),
            clock::get);

    @Test
    void theDoorIsAskedNoMoreOftenThanItMustBe() {
        for (int second = 0; second < 10; second++) {
            admitted.check();
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertEquals(0, asked.get(), "whoever came in just now");
        for (int second = 0; second < 30; second++) {
            admitted.check();
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertEquals(3, asked.get());
    }

    @Test
    void whoMayNotStayIsToldWhy() {
        Unauthenticated over = new Unauthenticated("gone");
        why.set(over);
        assertSame(over, admitted.over(), "asked at once");
        admitted.check();
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        assertSame(over, assertThrows(Unauthenticated.class, admitted::check));
    }
}
