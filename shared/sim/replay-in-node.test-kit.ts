/** Before the tests in a browser: the story is played in Node, and its hash handed to them. */
import type { TestProject } from 'vitest/node';
import { hashOfStory } from './replay.test-kit.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly hashInNode: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('hashInNode', await hashOfStory());
}
