package dev.pilot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class MovableClockTest {
    private static final Instant START = Instant.parse("2026-03-29T00:59:59.999999Z");

    @Test
    void itStandsStillButForAMicrosecondPerReading() {
        MovableClock clock = MovableClock.startingAt(START);
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.instant()).isEqualTo(START.plusNanos(1_000));
    }

    @Test
    void itMovesBothWays() {
        MovableClock clock = MovableClock.startingAt(START);
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(-2));
        assertThat(clock.instant()).isBefore(START);
    }

    @Test
    void itHasMicrosecondsAndNothingFiner() {
        assertThat(MovableClock.startingAt(START.plusNanos(999)).instant()).isEqualTo(START);
    }

    @Test
    void aClockInAnotherZoneIsTheSameClock() {
        MovableClock clock = MovableClock.startingAt(START);
        Clock there = clock.withZone(ZoneId.of("Europe/Berlin"));
        clock.advance(Duration.ofDays(1));
        assertThat(there.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(there.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    }
}
