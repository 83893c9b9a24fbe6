package dev.pilot.vcs.git;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the user's git configuration, home directory and {@code GIT_…} variables out of what this module does.
 *
 * <p>JGit asks one reader per JVM for all of that. A program that embeds Pilot may use JGit itself, so the reader that was there
 * stays in force for everybody else: ours answers only the threads that are inside {@link #find} (and those that JGit starts from
 * there), and passes all other questions on.
 *
 * <p>One answer is for everybody: JGit measures each file system's clock for seconds on a thread of its own, leaving probe files
 * and a note in the home directory. It is told its own fallback value instead, which is safe everywhere and costs nothing.
 */
final class IsolatedGit extends SystemReader.Delegate {
    /** Work on repositories. */
    @FunctionalInterface
    interface Work<T> {
        @Nullable
        T run() throws IOException;
    }

    /** Work that answers nothing. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private static final String CLOCK_MEASUREMENT = "org.eclipse.jgit.util.FS$FileStoreAttributes";
    private static final InheritableThreadLocal<Boolean> INSIDE = new InheritableThreadLocal<>();
    private static final StackWalker STACK = StackWalker.getInstance();

    private final SystemReader host;

    private IsolatedGit(SystemReader host) {
        super(host);
        this.host = host;
    }

    /** Like {@link #find}, for work that always answers something. */
    static <T> T call(Work<T> work) {
        return requireNonNull(find(work));
    }

    /** Like {@link #find}, for work that answers nothing. */
    static void run(Action action) {
        find(() -> {
            action.run();
            return null;
        });
    }

    /** Does the work; a failure of the file system or of a repository's content is {@link Unavailable}. */
    static <T> @Nullable T find(Work<T> work) {
        install();
        Boolean before = INSIDE.get();
        INSIDE.set(true);
        try {
            return work.run();
        } catch (IOException e) {
            throw Failures.io(e);
        } catch (UncheckedIOException e) { // from walking a directory
            throw Failures.io(requireNonNull(e.getCause()));
        } finally {
            if (before == null) {
                INSIDE.remove();
            }
        }
    }

    /** The host program may have set a reader of its own since the last call, so this looks every time. */
    private static synchronized void install() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof IsolatedGit)) {
            SystemReader.setInstance(new IsolatedGit(current));
        }
    }

    private static boolean isInside() {
        return INSIDE.get() != null;
    }

    private static boolean isClockMeasurement() {
        return STACK.walk(
                frames -> frames.limit(6).anyMatch(frame -> frame.getClassName().equals(CLOCK_MEASUREMENT)));
    }

    @Override
    public StoredConfig getUserConfig() throws ConfigInvalidException, IOException {
        return isInside() || isClockMeasurement() ? OwnConfig.INSTANCE : host.getUserConfig();
    }

    @Override
    public StoredConfig getSystemConfig() throws ConfigInvalidException, IOException {
        return isInside() ? OwnConfig.INSTANCE : host.getSystemConfig();
    }

    @Override
    public StoredConfig getJGitConfig() throws ConfigInvalidException, IOException {
        return isInside() || isClockMeasurement() ? OwnConfig.INSTANCE : host.getJGitConfig();
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return isInside() ? OwnConfig.INSTANCE : super.openUserConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return isInside() ? OwnConfig.INSTANCE : super.openSystemConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return isInside() ? OwnConfig.INSTANCE : super.openJGitConfig(parent, fs);
    }

    @Override
    public @Nullable Path getXdgConfigDirectory(FS fs) {
        return isInside() ? null : host.getXdgConfigDirectory(fs);
    }

    @Override
    public @Nullable String getenv(String variable) {
        return isInside() && variable.startsWith("GIT_") ? null : super.getenv(variable);
    }
}
