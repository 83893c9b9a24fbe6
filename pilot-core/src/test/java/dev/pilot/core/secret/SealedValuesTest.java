package dev.pilot.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedValuesTest {
    private static final String OWNER = "app/app_1/PASSWORD";

    @TempDir
    private Path directory;

    private Path file;
    private SealedValues values;

    @BeforeEach
    void open() {
        file = directory.resolve("sealed.key");
        values = new SealedValues(file);
    }

    @Test
    void whatIsSealedIsOpenedByWhoHasTheKey() {
        String sealed = values.seal(OWNER, "pässword \n 1");
        assertThat(sealed).startsWith("sealed:1:").doesNotContain("word");
        assertThat(new SealedValues(file).open(OWNER, sealed)).isEqualTo("pässword \n 1");
        assertThat(values.open(OWNER, values.seal(OWNER, ""))).isEmpty();
    }

    @Test
    void theSameValueIsSealedDifferentlyEachTime() {
        assertThat(values.seal(OWNER, "same")).isNotEqualTo(values.seal(OWNER, "same"));
    }

    @Test
    void itIsOpenedForItsOwnerOnly() {
        refused("seal-broken", () -> values.open("app/app_2/PASSWORD", values.seal(OWNER, "value")));
    }

    @Test
    void anyAlteredCharacterIsNoticed() {
        String sealed = values.seal(OWNER, "value");
        int from = sealed.lastIndexOf(':') + 1;
        for (int i = from; i < sealed.length() - 1; i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String altered = sealed.substring(0, i) + other + sealed.substring(i + 1);
            refused("seal-broken", () -> values.open(OWNER, altered));
        }
        refused("seal-broken", () -> values.open(OWNER, sealed.substring(0, from + 10)));
        refused("seal-broken", () -> values.open(OWNER, sealed.substring(0, from) + "no base64!"));
        refused("not-sealed", () -> values.open(OWNER, "value"));
    }

    @Test
    void anotherKeyIsSaidToBeMissing() {
        SealedValues other = new SealedValues(directory.resolve("other.key"));
        refused("seal-key-missing", () -> other.open(OWNER, values.seal(OWNER, "value")));
    }

    @Test
    void aNewKeyBeforeTheOldOneOpensBoth() throws IOException {
        String before = values.seal(OWNER, "value");
        Path other = directory.resolve("other.key");
        SealedValues unused = new SealedValues(other);
        Files.writeString(file, Files.readString(other) + Files.readString(file));
        SealedValues both = new SealedValues(file);
        assertThat(both.open(OWNER, before)).isEqualTo("value");
        assertThat(both.isOutdated(before)).isTrue();
        assertThat(both.isOutdated(both.seal(OWNER, "value"))).isFalse();
        assertThat(both.seal(OWNER, "value").substring(0, 25)).isNotEqualTo(before.substring(0, 25));
    }

    @Test
    void theKeyIsItsOwnersAloneElseItIsRefused() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).as("nothing is left lying about").isDirectoryNotContaining("glob:**.made");
        for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> new SealedValues(file))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("chmod 600");
        }
    }

    @Test
    void aFileThatHoldsSomethingElseIsRefusedAndNotShown() throws IOException {
        for (String content : List.of("", "\n", "secret words\n", "ab".repeat(31))) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> new SealedValues(file))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageNotContaining("secret words");
        }
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NotAllowed.class)
                .extracting(failure -> ((PilotException) failure).code())
                .isEqualTo(code);
    }
}
