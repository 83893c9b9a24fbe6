package dev.pilot.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.RunId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void aHundredThousandAreAllDifferent() {
        Ids ids = new Ids(Clock.systemUTC());
        Set<String> made = new HashSet<>(IntStream.range(0, 100_000)
                .parallel()
                .mapToObj(i -> ids.next("run"))
                .toList());
        assertThat(made).hasSize(100_000);
    }

    @Test
    void laterOnesSortBehindEarlierOnes() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        List<String> made = IntStream.range(0, 1_000)
                .mapToObj(i -> new Ids(Clock.fixed(start.plusMillis(i), ZoneOffset.UTC)).next("evt"))
                .toList();
        assertThat(made).isSorted();
    }

    @Test
    void theyFitTheGrammar() {
        assertThat(new RunId(new Ids(Clock.systemUTC()).next("run")).value()).matches("run_[0-9a-hjkmnp-tv-z]{26}");
    }

    @Test
    void secretsHaveAHundredAndSixtyBits() {
        assertThat(Ids.secret()).hasSize(32).isNotEqualTo(Ids.secret());
    }
}
