package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RepoId;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to register a repository.
 *
 * @param remoteUrl where it is cloned from: a URL or an absolute path
 * @param slug its short name, {@code owner/name}; null to take it from the URL
 * @param defaultBranch the branch that results are merged into; null for the remote's own
 * @param id an id of the caller's own, or null for a new one
 * @param idempotencyKey a key under which the same create may be repeated, or null
 */
public record CreateRepo(
        String remoteUrl,
        @Nullable String slug,
        @Nullable String defaultBranch,
        @Nullable RepoId id,
        @Nullable String idempotencyKey) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public CreateRepo {
        InvalidInput.required(remoteUrl, "remoteUrl");
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param remoteUrl where it is cloned from: a URL or an absolute path
     * @return the builder
     */
    public static Builder builder(String remoteUrl) {
        Builder builder = new Builder();
        builder.remoteUrl = remoteUrl;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.remoteUrl = remoteUrl;
        builder.slug = slug;
        builder.defaultBranch = defaultBranch;
        builder.id = id;
        builder.idempotencyKey = idempotencyKey;
        return builder;
    }

    /** Builds a {@link CreateRepo}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private String remoteUrl;
        private @Nullable String slug;
        private @Nullable String defaultBranch;
        private @Nullable RepoId id;
        private @Nullable String idempotencyKey;

        private Builder() {}

        /**
         * Sets remoteUrl.
         *
         * @param remoteUrl where it is cloned from: a URL or an absolute path
         * @return this
         */
        public Builder remoteUrl(String remoteUrl) {
            this.remoteUrl = remoteUrl;
            return this;
        }

        /**
         * Sets slug.
         *
         * @param slug its short name, {@code owner/name}; null to take it from the URL
         * @return this
         */
        public Builder slug(@Nullable String slug) {
            this.slug = slug;
            return this;
        }

        /**
         * Sets defaultBranch.
         *
         * @param defaultBranch the branch that results are merged into; null for the remote's own
         * @return this
         */
        public Builder defaultBranch(@Nullable String defaultBranch) {
            this.defaultBranch = defaultBranch;
            return this;
        }

        /**
         * Sets id.
         *
         * @param id an id of the caller's own, or null for a new one
         * @return this
         */
        public Builder id(@Nullable RepoId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets idempotencyKey.
         *
         * @param idempotencyKey a key under which the same create may be repeated, or null
         * @return this
         */
        public Builder idempotencyKey(@Nullable String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public CreateRepo build() {
            return new CreateRepo(remoteUrl, slug, defaultBranch, id, idempotencyKey);
        }
    }
}
