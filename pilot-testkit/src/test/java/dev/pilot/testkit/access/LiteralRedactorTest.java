package dev.pilot.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.SecretRedactor.RedactingStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralRedactorTest {
    private final LiteralRedactor redactor = new LiteralRedactor("secret", "secret-longer", "tell-tell-no", "12345");

    @Test
    void secretsAreReplacedTheLongestFirstAndShortOnesIgnored() {
        assertThat(redactor.redact("a secret, a secret-longer, secret-long 12345"))
                .isEqualTo("a [redacted], a [redacted], [redacted]-long 12345");
    }

    @Test
    void aTextWithoutSecretsIsTheSameObject() {
        String text = "tell-tell and sécre";
        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @Test
    void whereverAStreamIsSplitTheResultIsTheSame() {
        String text = "tell-tell-tell-no secretsecret-longersecre secret-longe\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4);
        for (int round = 0; round < 1_000; round++) {
            ByteArrayOutputStream redacted = new ByteArrayOutputStream();
            RedactingStream stream = redactor.stream(redacted::write);
            for (int from = 0; from < bytes.length; ) {
                int count = Math.min(bytes.length - from, random.nextInt(12));
                stream.write(bytes, from, count);
                from += count;
            }
            stream.flush();
            assertThat(redacted.toString(StandardCharsets.UTF_8))
                    .isEqualTo("tell-[redacted] [redacted][redacted]secre [redacted]-longe\n");
        }
    }

    @Test
    void maskingKeepsTheLength() {
        byte[] bytes = "xsecret, secret".getBytes(StandardCharsets.UTF_8);

        assertThat(redactor.mask(bytes, 0, 10)).isEqualTo(6);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("x******, secret");
    }
}
