-- The steps of the shared directory. Redis runs each call to its end before the next one, so every step is atomic, whatever
-- the nodes do meanwhile. All keys of a call begin with KEYS[1], which holds a hash tag: they share one slot of a cluster.
--
--   <shard>                       how many peers there are in all swarms of this shard
--   <shard>:swarms                sorted set: info hash -> when its longest silent peer entered last, or earlier
--   <shard>:<info hash>:leechers  sorted set: peer id -> when it entered last; <shard>:<info hash>:seeds likewise
--   <shard>:<info hash>:records   hash: peer id -> its socket and its secret; `downloaded` -> how often a peer finished
local TOTAL = KEYS[1]
local SWARMS = KEYS[1] .. ':swarms'

-- What one call of `expire` forgets at most: Redis serves nobody else meanwhile.
local EXPIRED_MAX = 1000

local steps = {}

local function swarm_of(hash)
  local prefix = KEYS[1] .. ':' .. hash
  return { hash = hash, leechers = prefix .. ':leechers', seeds = prefix .. ':seeds', records = prefix .. ':records' }
end

local function counts_of(swarm)
  return redis.call('ZCARD', swarm.seeds), redis.call('ZCARD', swarm.leechers),
    tonumber(redis.call('HGET', swarm.records, 'downloaded') or 0)
end

local function remove(swarm, peer)
  redis.call('ZREM', swarm.leechers, peer)
  redis.call('ZREM', swarm.seeds, peer)
  redis.call('HDEL', swarm.records, peer)
  if redis.call('DECR', TOTAL) == 0 then redis.call('DEL', TOTAL) end
  if redis.call('ZCARD', swarm.leechers) + redis.call('ZCARD', swarm.seeds) == 0 then
    redis.call('DEL', swarm.records)
    redis.call('ZREM', SWARMS, swarm.hash)
  end
end

-- Puts the peer among the seeds or the leechers, and out of the others.
local function place(swarm, peer, is_complete, now)
  redis.call('ZREM', is_complete and swarm.leechers or swarm.seeds, peer)
  redis.call('ZADD', is_complete and swarm.seeds or swarm.leechers, now, peer)
end

function steps.enter(hash, now, peer, socket, secret, is_complete, has_finished, claimed, take_from, peers_max)
  local swarm = swarm_of(hash)
  local known = redis.call('HGET', swarm.records, peer)
  local taken_from = ''
  if known then
    local old_socket, old_secret = cmsgpack.unpack(known)
    local is_proven = claimed == old_secret
    if old_socket ~= socket then
      if not is_proven and take_from ~= old_socket then return { 'held', old_socket } end
      taken_from = old_socket
    end
    if is_proven or old_socket == socket then secret = old_secret end
  else
    local complete, incomplete = counts_of(swarm)
    if complete + incomplete >= tonumber(peers_max) then return { 'full' } end
    redis.call('INCR', TOTAL)
    redis.call('ZADD', SWARMS, 'NX', now, hash)
  end
  if has_finished == '1' and not redis.call('ZSCORE', swarm.seeds, peer) then
    redis.call('HINCRBY', swarm.records, 'downloaded', 1)
  end
  place(swarm, peer, is_complete == '1', now)
  local record = cmsgpack.pack(socket, secret)
  if record ~= known then redis.call('HSET', swarm.records, peer, record) end
  return { 'entered', secret, taken_from, counts_of(swarm) }
end

function steps.leave(hash, peer, socket)
  local swarm = swarm_of(hash)
  local known = redis.call('HGET', swarm.records, peer)
  if known and cmsgpack.unpack(known) == socket then remove(swarm, peer) end
end

local function described(swarm, peer, record)
  local socket, secret = cmsgpack.unpack(record)
  return { peer, socket, secret, redis.call('ZSCORE', swarm.seeds, peer) and 1 or 0 }
end

function steps.find(hash, peer)
  local swarm = swarm_of(hash)
  local record = redis.call('HGET', swarm.records, peer)
  return record and described(swarm, peer, record)
end

function steps.counts(hash)
  return { counts_of(swarm_of(hash)) }
end

-- `count` different numbers under `bound`, each set equally likely (Bentley and Floyd, "A sample of brilliance", 1987).
local function draw(count, bound)
  local is_picked, picked = {}, {}
  for top = math.max(0, bound - count), bound - 1 do
    local number = math.random(0, top)
    if is_picked[number] then number = top end
    is_picked[number] = true
    picked[#picked + 1] = number
  end
  return picked
end

-- The peer at a rank: leechers come first, the longest silent first, then seeds.
local function peer_at(swarm, rank, leechers)
  if rank < leechers then return redis.call('ZRANGE', swarm.leechers, rank, rank)[1] end
  return redis.call('ZRANGE', swarm.seeds, rank - leechers, rank - leechers)[1]
end

-- Redis starts every script with the same seed of its own, so chance comes from the node.
function steps.sample(hash, count, except, is_for_seed, seed)
  local swarm = swarm_of(hash)
  local leechers = redis.call('ZCARD', swarm.leechers)
  local eligible = is_for_seed == '1' and leechers or leechers + redis.call('ZCARD', swarm.seeds)
  local gap = redis.call('ZRANK', swarm.leechers, except)
  if not gap then
    local rank = redis.call('ZRANK', swarm.seeds, except)
    gap = rank and leechers + rank or eligible
  end
  math.randomseed(tonumber(seed))
  local sample = {}
  for _, number in ipairs(draw(tonumber(count), gap < eligible and eligible - 1 or eligible)) do
    local peer = peer_at(swarm, number < gap and number or number + 1, leechers)
    sample[#sample + 1] = described(swarm, peer, redis.call('HGET', swarm.records, peer))
  end
  return sample
end

-- When the longest silent peer of a swarm entered; nothing for an empty one.
local function oldest_of(swarm)
  local leecher = redis.call('ZRANGE', swarm.leechers, 0, 0, 'WITHSCORES')[2]
  local seed = redis.call('ZRANGE', swarm.seeds, 0, 0, 'WITHSCORES')[2]
  if leecher and seed then return math.min(tonumber(leecher), tonumber(seed)) end
  return leecher or seed
end

-- Looks only at swarms whose oldest peer was due when they were last looked at. Says whether there may be more to forget.
function steps.expire(before)
  local due = '(' .. before
  local room = EXPIRED_MAX
  for _, hash in ipairs(redis.call('ZRANGE', SWARMS, '-inf', due, 'BYSCORE', 'LIMIT', 0, EXPIRED_MAX)) do
    local swarm = swarm_of(hash)
    for _, peers in ipairs({ swarm.leechers, swarm.seeds }) do
      for _, peer in ipairs(redis.call('ZRANGE', peers, '-inf', due, 'BYSCORE', 'LIMIT', 0, room)) do
        remove(swarm, peer)
        room = room - 1
      end
    end
    local oldest = oldest_of(swarm)
    if oldest then redis.call('ZADD', SWARMS, oldest, hash) end
    room = room - 1
    if room <= 0 then return 1 end
  end
  return 0
end

-- Seconds and microseconds: all nodes reckon by the clock of the Redis that has this key.
function steps.clock()
  return redis.call('TIME')
end

return steps[ARGV[1]](unpack(ARGV, 2))
