package dev.pilot.vcs.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** What stands in place of the user's configuration: repositories inherit it, and nothing is read from or written to a disk. */
final class OwnConfig extends FileBasedConfig {
    static final OwnConfig INSTANCE = new OwnConfig();

    @SuppressWarnings("NullAway") // without a parent and without a file, as JGit itself makes an empty one
    private OwnConfig() {
        super((Config) null, null, FS.DETECTED);
        // Looking for deltas takes long and saves nothing where objects go from one directory to another.
        // A copy turns it on again, for when it is tidied up.
        setBoolean("pack", null, "deltaCompression", false);
        setBoolean("pack", null, "buildBitmaps", false); // they are for servers with many clients
        // Tidying decides when, under the copy's lock. What was packed anew is deleted at once,
        // else every fetch of the next hour would pack the same again.
        setBoolean("fetch", null, "autoGc", false);
        setBoolean("gc", null, "autoDetach", false);
        setString("gc", null, "prunePackExpire", "now");
        // What was merged survives a power cut.
        setBoolean("core", null, "fsyncObjectFiles", true);
        setBoolean("core", null, "fsyncRefFiles", true);
    }

    /** Each file system has its own name in section filesystem; all get JGit's own fallback values. */
    @Override
    public @Nullable String getString(String section, @Nullable String subsection, String name) {
        if (!section.equals("filesystem")) {
            return super.getString(section, subsection, name);
        }
        return switch (name) {
            case "timestampResolution" -> "2 seconds";
            case "minRacyThreshold" -> "10 milliseconds";
            default -> null;
        };
    }

    @Override
    public void load() {
        // there is no file
    }

    @Override
    public void save() {
        // there is no file
    }

    @Override
    public boolean isOutdated() {
        return false;
    }
}
