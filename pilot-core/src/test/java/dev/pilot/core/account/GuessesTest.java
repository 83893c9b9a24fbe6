package dev.pilot.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.OverLimit;
import dev.pilot.core.config.LockOut;
import dev.pilot.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessesTest {
    private static final String HERE = "192.0.2.1";

    private final MovableClock clock = MovableClock.create();
    private final Guesses guesses =
            new Guesses(new LockOut(3, 6, Duration.ofSeconds(10), Duration.ofSeconds(60)), clock);

    @Test
    void aLockGrowsToItsLongest() {
        guesses.begin("anna", "a");
        guesses.begin("anna", "b");
        assertThat(guesses.begin("anna", "c")).isTrue();
        List<Integer> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int waited = 0;
            while (locked("anna", "x" + i)) {
                clock.advance(Duration.ofSeconds(1));
                waited++;
            }
            seconds.add(waited);
        }
        assertThat(seconds).containsExactly(10, 20, 40, 60, 60, 60);
    }

    @Test
    void aRightPasswordForgetsTheFailuresOfTheNameButNotOfTheAddress() {
        for (int i = 0; i < 5; i++) {
            guesses.begin("name" + i, HERE);
        }
        guesses.begin("name0", HERE);
        guesses.right("name0", HERE);
        assertThat(locked("fresh", HERE)).isFalse();
        assertThat(locked("fresh", HERE)).as("the seventh from there").isTrue();
        assertThat(locked("fresh", "elsewhere")).isFalse();
    }

    @Test
    void triesAtOnceAreNoWayAroundIt() {
        int let = 0;
        for (int i = 0; i < 20; i++) {
            // None of them has ended yet.
            let += locked("anna", "a" + i) ? 0 : 1;
        }
        assertThat(let).isEqualTo(3);
    }

    @Test
    void whatCameToNoTryCountsNot() {
        for (int i = 0; i < 20; i++) {
            guesses.begin("anna", HERE);
            guesses.undone("anna", HERE);
        }
        assertThat(locked("anna", HERE)).isFalse();
    }

    @Test
    void failuresAreForgottenAfterAWhile() {
        guesses.begin("anna", HERE);
        guesses.begin("anna", HERE);
        clock.advance(Duration.ofSeconds(61));
        assertThat(guesses.begin("anna", HERE)).isFalse();
    }

    @Test
    void inventedNamesFillNoMemoryAndPushNoLockOut() {
        for (int i = 0; i < 3; i++) {
            guesses.begin("anna", "a" + i);
        }
        for (int i = 0; i < 30_000; i++) {
            guesses.begin("x" + i, "y" + i);
        }
        assertThat(locked("anna", "z")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "not:an:address, not:an:address, true"
    })
    void aNetworkOfVersionSixIsOneAddress(String one, String other, boolean same) {
        assertThat(Guesses.network(one).equals(Guesses.network(other))).isEqualTo(same);
    }

    @Test
    void whoIsLockedIsToldForHowLong() {
        for (int i = 0; i < 3; i++) {
            guesses.begin("anna", HERE);
        }
        assertThatThrownBy(() -> guesses.begin("anna", HERE))
                .isInstanceOf(OverLimit.class)
                .hasMessageContaining("10 s");
    }

    private boolean locked(String name, String address) {
        try {
            guesses.begin(name, address);
            return false;
        } catch (OverLimit locked) {
            return true;
        }
    }
}
