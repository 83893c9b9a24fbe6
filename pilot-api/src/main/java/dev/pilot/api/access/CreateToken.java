package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to create a token.
 *
 * @param name by which whoever shows it is known: 1 to 64 of {@code a-z 0-9 . _ - @ +}, the first a letter or digit
 * @param rights what whoever shows it may do
 * @param expiresAt until when it holds; null for ever
 */
public record CreateToken(
        String name, Rights rights, @Nullable Instant expiresAt) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public CreateToken {
        InvalidInput.required(name, "name");
        InvalidInput.required(rights, "rights");
    }

    /**
     * One that holds for ever.
     *
     * @param name by which whoever shows it is known
     * @param rights what whoever shows it may do
     */
    public CreateToken(String name, Rights rights) {
        this(name, rights, null);
    }
}
