package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Edit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patch of a repository: each field is kept, cleared or set.
 *
 * @param remoteUrl where it is cloned from: keep, clear or set
 * @param defaultBranch the branch that results are merged into: keep, clear or set
 * @param ifUpdatedAt the version that the caller read; if the entity has another by now, nothing is changed; null
 *     for whatever it is
 */
public record UpdateRepo(
        Edit<String> remoteUrl,
        Edit<String> defaultBranch,
        @Nullable Instant ifUpdatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public UpdateRepo {
        remoteUrl = remoteUrl == null ? Edit.keep() : remoteUrl;
        defaultBranch = defaultBranch == null ? Edit.keep() : defaultBranch;
    }

    /**
     * Starts one that changes nothing.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.remoteUrl = remoteUrl;
        builder.defaultBranch = defaultBranch;
        builder.ifUpdatedAt = ifUpdatedAt;
        return builder;
    }

    /** Builds a {@link UpdateRepo}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private Edit<String> remoteUrl;
        private Edit<String> defaultBranch;
        private @Nullable Instant ifUpdatedAt;

        private Builder() {}

        /**
         * Sets remoteUrl.
         *
         * @param remoteUrl where it is cloned from: keep, clear or set
         * @return this
         */
        public Builder remoteUrl(Edit<String> remoteUrl) {
            this.remoteUrl = remoteUrl;
            return this;
        }

        /**
         * Sets defaultBranch.
         *
         * @param defaultBranch the branch that results are merged into: keep, clear or set
         * @return this
         */
        public Builder defaultBranch(Edit<String> defaultBranch) {
            this.defaultBranch = defaultBranch;
            return this;
        }

        /**
         * Sets ifUpdatedAt.
         *
         * @param ifUpdatedAt the version that the caller read; if the entity has another by now, nothing is
         *     changed; null for whatever it is
         * @return this
         */
        public Builder ifUpdatedAt(@Nullable Instant ifUpdatedAt) {
            this.ifUpdatedAt = ifUpdatedAt;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public UpdateRepo build() {
            return new UpdateRepo(remoteUrl, defaultBranch, ifUpdatedAt);
        }
    }
}
