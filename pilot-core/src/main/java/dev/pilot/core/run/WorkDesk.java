package dev.pilot.core.run;

import dev.pilot.core.queue.ClaimDesk;
import dev.pilot.core.queue.Presence;
import dev.pilot.core.repo.RepoDesk;

/**
 * What workers share, one of each per hub.
 *
 * @param claims where they ask for work
 * @param presence keeps which there are
 * @param reports takes what they report
 * @param lostAnswers takes back what they never heard of
 * @param repos handles copies of repositories
 */
record WorkDesk(ClaimDesk claims, Presence presence, Reports reports, LostAnswers lostAnswers, RepoDesk repos) {}
