package dev.pilot.runner.process.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void whateverTheChunksTheEndIsKept() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            int limit = random.nextInt(30_000);
            Tail tail = new Tail(limit);
            StringBuilder all = new StringBuilder();
            for (int chunk = random.nextInt(12); chunk >= 0; chunk--) {
                String text = Integer.toString(chunk).repeat(random.nextInt(random.nextBoolean() ? 100 : 20_000));
                all.append(text);
                tail.write(text.getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(tail.text().equals(all.substring(Math.max(0, all.length() - limit))))
                    .isTrue();
            assertThat(tail.isTruncated()).isEqualTo(all.length() > limit);
        }
    }

    @Test
    void aCharacterCutInHalfIsLeftOut() {
        Tail tail = new Tail(4);
        tail.write("a€€".getBytes(StandardCharsets.UTF_8));

        assertThat(tail.text()).isEqualTo("€");
    }
}
