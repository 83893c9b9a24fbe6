package dev.pilot.api.access;

import dev.pilot.api.value.Edit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patch of a user: each field is kept, cleared or set. It holds from the user's next call on.
 *
 * @param email where the user can be written to: keep, clear or set
 * @param rights what the user may do: keep or set, as a whole; over HTTP all four members have to be there
 * @param enabled whether the user may log in and be logged in: keep or set; to disable a user ends its sessions
 * @param ifUpdatedAt the version that the caller read; if the user has another by now, nothing is changed; null for whatever it is
 */
public record UpdateUser(
        Edit<String> email,
        Edit<Rights> rights,
        Edit<Boolean> enabled,
        @Nullable Instant ifUpdatedAt) {
    /** One that changes nothing. */
    public static final UpdateUser NOTHING = new UpdateUser(Edit.keep(), Edit.keep(), Edit.keep(), null);

    /** Fills in the defaults. */
    public UpdateUser {
        email = email == null ? Edit.keep() : email;
        rights = rights == null ? Edit.keep() : rights;
        enabled = enabled == null ? Edit.keep() : enabled;
    }

    /**
     * The same with another edit of the address.
     *
     * @param edit keep, clear or set
     * @return the patch
     */
    public UpdateUser email(Edit<String> edit) {
        return new UpdateUser(edit, rights, enabled, ifUpdatedAt);
    }

    /**
     * The same with other rights.
     *
     * @param now what the user may do from now on
     * @return the patch
     */
    public UpdateUser rights(Rights now) {
        return new UpdateUser(email, Edit.set(now), enabled, ifUpdatedAt);
    }

    /**
     * The same, enabling or disabling the user.
     *
     * @param now whether the user may log in from now on
     * @return the patch
     */
    public UpdateUser enabled(boolean now) {
        return new UpdateUser(email, rights, Edit.set(now), ifUpdatedAt);
    }

    /**
     * The same, for one version of the user only.
     *
     * @param version the version that the caller read, or null for whatever it is
     * @return the patch
     */
    public UpdateUser ifUpdatedAt(@Nullable Instant version) {
        return new UpdateUser(email, rights, enabled, version);
    }
}
