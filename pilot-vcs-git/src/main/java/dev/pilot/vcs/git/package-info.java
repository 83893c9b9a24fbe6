/**
 * The port {@code VcsSync} on Git, by JGit.
 *
 * <p>A request's way: {@link dev.pilot.vcs.git.GitVcsSync} hands each verb to one class, inside {@code IsolatedGit}, which keeps
 * the user's configuration out. Whoever changes a copy holds its {@code CopyLock}; whoever makes or empties a workspace holds that
 * directory's {@code DirectoryLock}, and takes it first.
 */
@NullMarked
package dev.pilot.vcs.git;

import org.jspecify.annotations.NullMarked;
