package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/**
 * What a password must have and what hashing it costs (argon2id). Defaults: 12 characters; 19 MiB, 2 passes and 1 lane, which is what
 * OWASP's "Password Storage Cheat Sheet" asks for at least; 2 hashes at once and 64 that wait. Hashes of another cost are made anew at
 * the next log-in.
 *
 * @param least how many characters a password must have
 * @param memory how many KiB a hash takes while it is made; one more of them stays taken
 * @param passes how often it goes over that memory
 * @param lanes how many parts of it can be worked at in parallel
 * @param atOnce how many hashes are made at once
 * @param waiting how many more may wait for their turn; beyond that, log-ins are refused for the moment
 */
public record PasswordCost(int least, int memory, int passes, int lanes, int atOnce, int waiting) {
    /** The defaults. */
    public static final PasswordCost DEFAULTS = new PasswordCost(12, 19_456, 2, 1, 2, 64);

    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range; it names it all
     */
    public PasswordCost {
        List<FieldError> problems = new ArrayList<>();
        range(problems, "least", least, 1, 256);
        range(problems, "memory", memory, 8, 4 << 20);
        range(problems, "passes", passes, 1, 1_000);
        range(problems, "lanes", lanes, 1, 64);
        range(problems, "atOnce", atOnce, 1, 1_000);
        range(problems, "waiting", waiting, 0, 100_000);
        if (problems.isEmpty() && memory < 8 * lanes) {
            problems.add(new FieldError("memory", "must be 8 KiB for each lane at least"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("invalid", problems);
        }
    }

    private static void range(List<FieldError> problems, String field, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(new FieldError(field, "must be from " + least + " to " + most + ", but is " + value));
        }
    }
}
