package dev.pilot.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyPaceTest {
    private final AtomicLong clock = new AtomicLong();

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void aBodyMayBeSlowAtFirstAndThenMustKeepUp() {
        BodyPace pace = new BodyPace(100, clock::get);
        pass(Duration.ofSeconds(10));
        assertFalse(pace.isTooSlow(0));
        pass(Duration.ofMillis(1));
        assertTrue(pace.isTooSlow(999));
        assertFalse(pace.isTooSlow(1_001));
        pass(Duration.ofSeconds(90));
        assertTrue(pace.isTooSlow(9_000));
        assertFalse(pace.isTooSlow(10_001));
    }

    @Test
    void whereThereIsNoRateAnyWillDo() {
        BodyPace pace = new BodyPace(0, clock::get);
        pass(Duration.ofDays(1));
        assertFalse(pace.isTooSlow(1));
    }

    @Test
    void anUploadThatDripsIsRefusedInTheMiddle() throws IOException {
        LimitedInput upload = new LimitedInput(
                new ByteArrayInputStream("slow".getBytes(US_ASCII)), 100, new BodyPace(100, clock::get));
        assertEquals('s', upload.read());
        pass(Duration.ofSeconds(11));
        assertThrows(Refusal.class, upload::read);
    }
}
