package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RepoId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository that runs work on. The hub keeps a copy of its own; the remote is only read.
 *
 * @param id its id
 * @param slug its short name, {@code owner/name}, unique
 * @param remoteUrl where it is cloned from: a URL or an absolute path
 * @param defaultBranch the branch that results are merged into; null until it is known
 * @param sync how the copy stands
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record Repo(
        RepoId id,
        String slug,
        String remoteUrl,
        @Nullable String defaultBranch,
        RepoSync sync,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Repo {
        InvalidInput.required(id, "id");
        InvalidInput.required(slug, "slug");
        InvalidInput.required(remoteUrl, "remoteUrl");
        sync = sync == null ? RepoSync.NEVER : sync;
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
    }

    /**
     * Starts one from nothing; for stores.
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
        builder.id = id;
        builder.slug = slug;
        builder.remoteUrl = remoteUrl;
        builder.defaultBranch = defaultBranch;
        builder.sync = sync;
        builder.createdAt = createdAt;
        builder.updatedAt = updatedAt;
        return builder;
    }

    /** Builds a {@link Repo}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private RepoId id;
        private String slug;
        private String remoteUrl;
        private @Nullable String defaultBranch;
        private RepoSync sync;
        private Instant createdAt;
        private Instant updatedAt;

        private Builder() {}

        /**
         * Sets id.
         *
         * @param id its id
         * @return this
         */
        public Builder id(RepoId id) {
            this.id = id;
            return this;
        }

        /**
         * Sets slug.
         *
         * @param slug its short name, {@code owner/name}, unique
         * @return this
         */
        public Builder slug(String slug) {
            this.slug = slug;
            return this;
        }

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
         * Sets defaultBranch.
         *
         * @param defaultBranch the branch that results are merged into; null until it is known
         * @return this
         */
        public Builder defaultBranch(@Nullable String defaultBranch) {
            this.defaultBranch = defaultBranch;
            return this;
        }

        /**
         * Sets sync.
         *
         * @param sync how the copy stands
         * @return this
         */
        public Builder sync(RepoSync sync) {
            this.sync = sync;
            return this;
        }

        /**
         * Sets createdAt.
         *
         * @param createdAt when it was created
         * @return this
         */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets updatedAt.
         *
         * @param updatedAt its version: when it last changed; strictly growing
         * @return this
         */
        public Builder updatedAt(Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public Repo build() {
            return new Repo(id, slug, remoteUrl, defaultBranch, sync, createdAt, updatedAt);
        }
    }
}
