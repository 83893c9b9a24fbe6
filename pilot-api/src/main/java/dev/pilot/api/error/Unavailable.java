package dev.pilot.api.error;

import org.jspecify.annotations.Nullable;

/** Something that Pilot needs is away: the store, the disk, a remote, the hub itself. Nothing was changed; trying again later may help. */
public final class Unavailable extends PilotException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param code the stable code, such as {@code disk-full}
     * @param message what is away and what to do
     * @param cause what was caught, if anything
     */
    public Unavailable(String code, String message, @Nullable Throwable cause) {
        super(ErrorKind.UNAVAILABLE, code, message, cause);
    }
}
