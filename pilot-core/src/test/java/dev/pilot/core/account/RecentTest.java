package dev.pilot.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final AtomicInteger reads = new AtomicInteger();

    private Integer read() {
        return reads.incrementAndGet();
    }

    @Test
    void whatWasReadIsReadAgainOnlyOnceItIsForgotten() {
        Recent<Integer> recent = new Recent<>(Duration.ofMinutes(1));
        assertThat(recent.get("a", this::read)).isEqualTo(1);
        assertThat(recent.get("a", this::read)).isEqualTo(1);
        assertThat(recent.get("b", this::read)).isEqualTo(2);
        recent.forget();
        assertThat(recent.get("a", this::read)).isEqualTo(3);
    }

    /** Else a request that read before a revocation would let others in after it. */
    @Test
    void whatWasReadBeforeAChangeIsNotAnsweredAfterIt() {
        Recent<Integer> recent = new Recent<>(Duration.ofMinutes(1));
        recent.get("a", () -> {
            int before = read();
            recent.forget();
            return before;
        });
        assertThat(recent.get("a", this::read)).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsNotRemembered() {
        Recent<Integer> recent = new Recent<>(Duration.ofMinutes(1));
        assertThat(recent.get("a", () -> null)).isNull();
        assertThat(recent.get("a", this::read)).isEqualTo(1);
    }

    @Test
    void withoutTimeNothingIsRemembered() {
        Recent<Integer> recent = new Recent<>(Duration.ZERO);
        recent.get("a", this::read);
        assertThat(recent.get("a", this::read)).isEqualTo(2);
    }
}
